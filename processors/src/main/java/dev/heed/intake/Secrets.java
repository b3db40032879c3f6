package dev.heed.intake;

import dev.heed.event.Message;
import dev.heed.math.KeyedHash;
import dev.heed.math.SimHash;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that intake derives under the secret seed, each for its own purpose. */
final class Secrets {
    /** No purpose of a keyed hash starts so. */
    private static final byte[] OF_BYTES = {0};

    private final byte[] seed;
    private final SimHash simHash;

    Secrets(byte[] seed) {
        this.seed = seed.clone();
        this.simHash = new SimHash(seed);
    }

    /** Equal for equal texts, and telling nothing else of them. */
    String contentHash(String text) {
        return KeyedHash.hex(seed, "content", text);
    }

    /** Equal for prompts that differ in case and white space only. */
    String promptCluster(List<Message> prompt) {
        String normalised = said(prompt).toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
        return KeyedHash.hex(seed, "prompt-cluster", normalised);
    }

    /** Alike for alike prompts; by the producer's embedding where there is one. */
    long similarity(List<Message> prompt, @Nullable List<Float> embedding) {
        return embedding == null
                ? simHash.of(said(prompt))
                : simHash.of(embedding.stream().mapToDouble(Float::doubleValue).toArray());
    }

    /** 128 bits of the keyed hash of some bytes. */
    long[] fingerprint(byte[] bytes) {
        ByteBuffer hash = ByteBuffer.wrap(KeyedHash.hmac(seed, OF_BYTES, bytes));
        return new long[] {hash.getLong(), hash.getLong()};
    }

    private static String said(List<Message> prompt) {
        return prompt.stream().map(Message::getContent).collect(Collectors.joining("\n"));
    }
}
