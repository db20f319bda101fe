package dev.orchestrator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the signals of the system. Without this the virtual machine would end by itself at the first one, and pay no heed to a
 * second. The API is {@code sun.misc.Signal}, which every JDK has (module jdk.unsupported) and no compiler likes to see, hence
 * the reflection. On Windows {@code TERM} also stands for a console that is closed and a user who logs off.
 */
final class Signals {
    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Has {@code handler} hear the signal called {@code name}, such as {@code INT}, on a thread of the virtual machine's. Where
     * it cannot be heard the virtual machine does what it always does.
     *
     * @return lets whoever heard it before hear it again
     */
    static Runnable handle(String name, Consumer<String> handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> listener = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {listener}, (self, method, arguments) -> {
                        // The only method of the interface; those of Object are not called on a handler.
                        if (method.getName().equals("handle")) {
                            handler.accept(name);
                        }
                        return null;
                    });
            Object wanted = signal.getConstructor(String.class).newInstance(name);
            Method handle = signal.getMethod("handle", signal, listener);
            Object before = handle.invoke(null, wanted, proxy);
            return () -> restore(handle, wanted, before);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            log.debug("Signal {} is left to the virtual machine: {}", name, String.valueOf(cause));
            return () -> {};
        }
    }

    private static void restore(Method handle, Object signal, Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            log.debug("Signal {} cannot be given back: {}", signal, e.toString());
        }
    }
}
