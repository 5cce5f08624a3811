"""Components that run in the browser; their networks are evaluated by ``relu.js``."""
