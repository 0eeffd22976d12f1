package dev.fairlead.sidecar.config;

/** A refusal decided by the control plane: the code decides the HTTP status, the message is for the caller to read. */
public record RefusalConfig(ErrorCode code, String message) {}
