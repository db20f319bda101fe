package dev.orchestrator.task;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a record has here is written down as it is, even if it looks like a secret: the program acts upon it, and after a
 * restart has it from nowhere else. A task file that has a secret in such a place is not accepted.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Verbatim {}
