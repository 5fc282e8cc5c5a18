"""The contacts of an Australian CRM over twenty years, with their truth; it shares nothing with other generators."""
