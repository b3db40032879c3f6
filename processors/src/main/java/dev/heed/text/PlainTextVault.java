package dev.heed.text;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps text as it is: for what lives in memory alone. */
public final class PlainTextVault implements TextVault {
    private static final String PLAIN = "plain/";

    @Override
    public List<Outgoing> keep(String owner, String part, String encoding, byte[] bytes) {
        Content content = new Content(owner, part, PLAIN + encoding, ByteBuffer.wrap(bytes));
        return List.of(new Outgoing(Channel.CONTENTS, ContentKeys.of(owner, part), owner, content, Destination.BY_KEY));
    }

    @Override
    public byte[] open(Content content, @Nullable ContentKey key) {
        return TextVault.copy(content.getBytes());
    }
}
