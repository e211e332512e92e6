"""The design system: tokens, components, icons, covers and charts. It knows no model, only literals."""
