mlin audit
