package dev.orchestrator;

import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.KnownSecrets;
import dev.orchestrator.secret.Redactor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Finds the secrets of the daemon while the rest of it starts. Thread-safe. */
final class RedactorInTheMaking {
    private final FutureTask<Redactor> making;

    private RedactorInTheMaking(FutureTask<Redactor> making) {
        this.making = making;
    }

    static RedactorInTheMaking begin(DaemonRunner.Request request) {
        FutureTask<Redactor> making = new FutureTask<>(
                () -> KnownSecrets.redactor(request.home(), request.settings(), request.environment()));
        Threads.one("secrets").newThread(making).start();
        return new RedactorInTheMaking(making);
    }

    /** Waits for it. Nothing is written before. */
    Redactor made() throws InterruptedException {
        try {
            return making.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the secrets that are to be hidden cannot be found", e.getCause());
        }
    }
}
