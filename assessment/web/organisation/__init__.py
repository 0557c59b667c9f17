"""The overview of an assessment, and what the organisation says about itself."""
