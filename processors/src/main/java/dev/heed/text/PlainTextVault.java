package dev.heed.text;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.out.Content;
import java.nio.ByteBuffer;
import java.util.List;

/** Keeps text as it is. */
public final class PlainTextVault implements TextVault {
    @Override
    public List<Outgoing> keep(String owner, String part, String encoding, byte[] bytes) {
        Content content = new Content(owner, part, encoding, ByteBuffer.wrap(bytes));
        return List.of(new Outgoing(Channel.CONTENTS, ContentKeys.of(owner, part), owner, content, Destination.BY_KEY));
    }

    @Override
    public byte[] open(Content content) {
        ByteBuffer view = content.getBytes().duplicate();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }
}
