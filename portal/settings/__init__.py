"""Settings: `base` holds what every environment shares, `local`, `test` and `production` differ where they must."""
