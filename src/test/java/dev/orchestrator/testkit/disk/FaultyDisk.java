package dev.orchestrator.testkit.disk;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real directory on a disk that can be told to refuse. Paths from {@link #on} lead to the real files, through a file
 * system whose calls fail while a fault is set. Thread-safe.
 */
public final class FaultyDisk {

    /** What the disk does. */
    public enum Fault {
        NONE,
        /** Writes nothing. */
        WRITE,
        /** Writes half of what it is given, then fails. */
        HALF_WRITE,
        /** Takes writes, fails to sync, and then forgets what was not on disk, as Linux does. */
        SYNC,
        /** Neither renames nor replaces. */
        MOVE,
        /** Writes what it is given, then there is no memory left. */
        MEMORY,
        /** Changes nothing any more, see {@link #dieAfter}. */
        ANY
    }

    private final FaultyFileSystem fileSystem = new FaultyFileSystem(this);
    private volatile Fault fault = Fault.NONE;
    private final AtomicInteger left = new AtomicInteger();
    private volatile CountDownLatch refused = new CountDownLatch(1);
    private volatile DiskWatch watch = DiskWatch.NONE;

    /** The same file, seen through this disk. */
    public Path on(Path real) {
        return (Path) Proxy.newProxyInstance(
                FaultyDisk.class.getClassLoader(), new Class<?>[] {Path.class}, new Redirected(real));
    }

    /** From now on {@code next} sees each operation before it happens. */
    public void watch(DiskWatch next) {
        watch = next;
    }

    <T> T around(DiskOperation operation, DiskWatch.Doing<T> doing) throws IOException {
        return watch.around(operation, doing);
    }

    public void set(Fault next) {
        refused = new CountDownLatch(1);
        fault = next;
    }

    /**
     * As if the process was killed behind {@code changes} further changes: all that follow fail, those included by which
     * it would tidy up. {@link #set} ends it.
     */
    public void dieAfter(int changes) {
        left.set(changes);
        set(Fault.ANY);
    }

    /** Returns when an operation has failed since the fault was set. */
    public void awaitRefusal() throws InterruptedException {
        if (!refused.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing was refused");
        }
    }

    /** Fails when {@code operation} is what the disk refuses now. */
    void check(Fault operation) throws IOException {
        if (fault == Fault.ANY ? left.getAndDecrement() <= 0 : fault == operation) {
            refused.countDown();
            throw new FileSystemException("no space left on this device");
        }
    }

    boolean refuses(Fault operation) {
        return fault == operation;
    }

    static @Nullable Path real(@Nullable Path path) {
        return path != null && Proxy.isProxyClass(path.getClass())
                ? ((Redirected) Proxy.getInvocationHandler(path)).real
                : path;
    }

    private final class Redirected implements InvocationHandler {
        private final Path real;

        Redirected(Path real) {
            this.real = real;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
            if (method.getName().equals("getFileSystem")) {
                return fileSystem;
            }
            try {
                Object result = method.invoke(real, unwrapped(args));
                if (result instanceof WatchKey key) {
                    return new FaultyWatches.Key(FaultyDisk.this, key);
                }
                return result instanceof Path path ? on(path) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Object @Nullable [] unwrapped(Object @Nullable [] args) {
            if (args == null) {
                return null;
            }
            Object[] own = args.clone();
            for (int i = 0; i < own.length; i++) {
                own[i] = FaultyWatches.real(own[i] instanceof Path path ? real(path) : own[i]);
            }
            return own;
        }
    }
}
