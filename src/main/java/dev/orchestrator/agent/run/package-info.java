/**
 * What every agent has in common that is a program: following its process and what it prints, and ending it in time. Read
 * {@link dev.orchestrator.agent.run.Custody} first, then {@link dev.orchestrator.agent.run.RunMonitor}.
 */
@NullMarked
package dev.orchestrator.agent.run;

import org.jspecify.annotations.NullMarked;
