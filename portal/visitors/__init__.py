"""What a visitor sets for themselves without an account: their company, and the pages they keep. No models: cookies."""
