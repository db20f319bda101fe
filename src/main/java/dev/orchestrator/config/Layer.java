package dev.orchestrator.config;

/** Where a setting can be given, strongest first. */
enum Layer {
    FLAG,
    ENVIRONMENT,
    DOTENV,
    FILE
}
