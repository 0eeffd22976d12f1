package dev.fairlead.sidecar.dialect.openai;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers out of beginnings of prompts, eight bytes at a time; the same in every process. Never 0, which stands for none. */
public final class PromptHash {
    /** Providers look for what they have in their caches by less than that. */
    private static final int LOOKED_AT = 8 * 1024;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private PromptHash() {}

    /** Of a client's name for a conversation. */
    public static long of(String name) {
        long hash = name.length();
        for (int i = 0; i < name.length(); i++) {
            hash = step(hash, name.charAt(i));
        }
        return end(hash);
    }

    /** Goes on from another hash, 0 at first, with a text's first bytes and its length. */
    static long of(long before, byte[] in, int off, int len) {
        long hash = step(before, len);
        int end = off + Math.min(len, LOOKED_AT);
        int i = off;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            hash = step(hash, (long) WORD.get(in, i));
        }
        for (; i < end; i++) {
            hash = step(hash, in[i]);
        }
        return end(hash);
    }

    private static long step(long hash, long word) {
        return Long.rotateLeft((hash ^ word) * MIX, 29);
    }

    private static long end(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * MIX;
        mixed ^= mixed >>> 29;
        return mixed == 0 ? 1 : mixed;
    }
}
