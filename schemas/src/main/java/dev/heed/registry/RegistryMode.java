package dev.heed.registry;

import java.util.Arrays;

/** Whether a registry, or one subject of it, accepts changes. */
public enum RegistryMode {
    READWRITE,
    READONLY;

    /**
     * The mode with this name, in any case.
     *
     * @throws RegistryException 42204 if there is none
     */
    public static RegistryMode named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> RegistryError.INVALID_MODE.because(
                        "Invalid mode '" + name + "'. Valid values are " + Arrays.toString(values())));
    }
}
