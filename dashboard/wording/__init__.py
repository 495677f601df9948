"""Every text of the dashboard, in English; `dashboard/locales` holds the translations."""
