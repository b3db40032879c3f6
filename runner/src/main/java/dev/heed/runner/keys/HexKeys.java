package dev.heed.runner.keys;

import dev.heed.text.KeyRefused;
import dev.heed.text.KeyRing;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Key-encryption keys as text: 64 hexadecimal digits each, with white space or commas between. */
final class HexKeys {
    private static final String EXPECTED = " (expected: " + KeyRing.KEY_BYTES
            + " bytes for each key as hexadecimal digits, as 'openssl rand -hex 32' makes; the newest first)";

    private HexKeys() {}

    /** @param where what holds them, for messages, which never show a key */
    static List<byte[]> parse(String text, String where) {
        List<byte[]> keys = new ArrayList<>();
        for (String each : text.strip().split("[\\s,]+", -1)) {
            if (!each.isEmpty()) {
                keys.add(key(each, where + ", key " + (keys.size() + 1)));
            }
        }
        if (keys.isEmpty()) {
            throw new KeyRefused(where + ": no key" + EXPECTED);
        }
        return keys;
    }

    private static byte[] key(String digits, String where) {
        try {
            byte[] key = HexFormat.of().parseHex(digits);
            if (key.length != KeyRing.KEY_BYTES) {
                throw new KeyRefused(where + ": " + key.length + " bytes" + EXPECTED);
            }
            return key;
        } catch (IllegalArgumentException notHex) {
            throw new KeyRefused(where + ": not hexadecimal digits" + EXPECTED, notHex);
        }
    }
}
