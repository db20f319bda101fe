package dev.orchestrator.testkit.disk;

import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import dev.orchestrator.testkit.disk.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose disk can refuse. What was written since the last sync is lost with a failed one. */
final class FaultyChannel extends FileChannel {
    private final FaultyDisk disk;
    private final Path file;
    private final FileChannel real;
    private long syncedSize;

    FaultyChannel(FaultyDisk disk, Path file, FileChannel real) throws IOException {
        this.disk = disk;
        this.file = file;
        this.real = real;
        this.syncedSize = real.size();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = write(source, real.position());
        real.position(real.position() + written);
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        disk.check(Fault.WRITE);
        if (disk.refuses(Fault.MEMORY)) {
            real.write(source, position);
            throw new OutOfMemoryError("as ordered by a test");
        }
        if (disk.refuses(Fault.HALF_WRITE)) {
            ByteBuffer half = source.duplicate();
            half.limit(half.position() + half.remaining() / 2);
            real.write(half, position);
            disk.check(Fault.HALF_WRITE);
        }
        byte[] bytes = new byte[source.remaining()];
        source.duplicate().get(bytes);
        return disk.around(DiskOperation.write(file, position, bytes), () -> real.write(source, position));
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (disk.refuses(Fault.SYNC)) {
            long lost = real.size() - syncedSize;
            if (lost > 0) {
                real.write(ByteBuffer.allocate((int) lost), syncedSize);
            }
        }
        disk.check(Fault.SYNC);
        Kind kind = Files.isDirectory(file) ? Kind.SYNC_NAMES : Kind.FORCE;
        syncedSize = disk.around(DiskOperation.of(kind, file), () -> {
            real.force(metaData);
            return real.size();
        });
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.check(Fault.ANY);
        disk.around(DiskOperation.truncate(file, size), () -> real.truncate(size));
        syncedSize = Math.min(syncedSize, size);
        return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return real.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return real.read(targets, offset, length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(sources[i]);
        }
        return written;
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        real.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return real.transferFrom(source, position, count);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
