package dev.orchestrator.task;

/** What becomes of notices. A channel is a way to a person, such as {@code webhook}; each gets every notice once. */
public sealed interface NoticeEvent extends DaemonEvent {

    String channel();

    /** From here on what happens is to be told there. */
    record ChannelOpened(String channel) implements NoticeEvent {}

    /** Nothing is to be told there any more, and what was not told is not. */
    record ChannelClosed(String channel) implements NoticeEvent {}

    /**
     * Whoever is at the other end has it.
     *
     * @param notice {@link Notice#seq} of it; all before it are done with, too
     */
    record NoticeSent(String channel, long notice) implements NoticeEvent {}

    /**
     * It was refused for good, and is not sent again.
     *
     * @param reason in few words
     */
    record NoticeRefused(String channel, long notice, String reason) implements NoticeEvent {}
}
