package dev.orchestrator.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/**
 * What has to be known of a record class to make one. Found out once a class.
 *
 * @param names of the components as properties, in snake case
 * @param types of the components
 */
record Shape(Constructor<?> constructor, String[] names, Type[] types) {
    private static final ClassValue<Shape> KNOWN = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return lookAt(type);
        }
    };

    static Shape of(Class<?> type) {
        return KNOWN.get(type);
    }

    /** Index of the component for {@code property}; -1 when there is none. */
    int indexOf(String property) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(property)) {
                return i;
            }
        }
        return -1;
    }

    boolean isPrimitive(int index) {
        return types[index] instanceof Class<?> plain && plain.isPrimitive();
    }

    private static Shape lookAt(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        String[] names = new String[components.length];
        Class<?>[] plain = new Class<?>[components.length];
        Type[] types = new Type[components.length];
        for (int i = 0; i < components.length; i++) {
            names[i] = Records.snakeCase(components[i].getName());
            plain[i] = components[i].getType();
            types[i] = components[i].getGenericType();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(plain);
            constructor.setAccessible(true);
            return new Shape(constructor, names, types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is not a record", e);
        }
    }
}
