/**
 * Tasks that come by the clock: {@code schedules/NAME.task.md}. {@link dev.orchestrator.schedule.Scheduler} makes a task file of each
 * that is due, {@link dev.orchestrator.schedule.Timetable} says when that is, {@link dev.orchestrator.schedule.Schedules} reads the
 * directory.
 */
@org.jspecify.annotations.NullMarked
package dev.orchestrator.schedule;
