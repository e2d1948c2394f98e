package dev.nommu.cli.vectors;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.FileKind;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.FileFacts.Trait;
import dev.nommu.kernel.mmap.MmapArguments;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A request and everything that decides it before a driver is asked.
 *
 * @param profile decides between conflicting rules
 * @param request the arguments
 * @param file the facts about the file; empty for anonymous memory
 */
record Situation(Profile profile, MmapArguments request, Optional<FileFacts> file) {
  Situation withAddress(long address) {
    return with(
        new MmapArguments(
            address,
            request.length(),
            request.protection(),
            request.flags(),
            request.pageOffset()));
  }

  Situation withLength(long length) {
    return with(
        new MmapArguments(
            request.address(),
            length,
            request.protection(),
            request.flags(),
            request.pageOffset()));
  }

  Situation withProtection(int protection) {
    return with(
        new MmapArguments(
            request.address(),
            request.length(),
            protection,
            request.flags(),
            request.pageOffset()));
  }

  Situation withFlags(int flags) {
    return with(
        new MmapArguments(
            request.address(),
            request.length(),
            request.protection(),
            flags,
            request.pageOffset()));
  }

  /** Returns the same with the flag bits in a mask replaced. */
  Situation withFlags(int mask, int bits) {
    return withFlags((request.flags() & ~mask) | bits);
  }

  Situation withOffset(long pages) {
    return with(
        new MmapArguments(
            request.address(), request.length(), request.protection(), request.flags(), pages));
  }

  private Situation with(MmapArguments arguments) {
    return new Situation(profile, arguments, file);
  }

  Situation withKind(FileKind kind) {
    return withFile(f -> new FileFacts(kind, f.slots(), f.mode(), f.backing(), f.traits()));
  }

  Situation withSlots(Set<Slot> slots) {
    return withFile(f -> new FileFacts(f.kind(), slots, f.mode(), f.backing(), f.traits()));
  }

  Situation withMode(AccessMode mode) {
    return withFile(f -> new FileFacts(f.kind(), f.slots(), mode, f.backing(), f.traits()));
  }

  Situation withBacking(Optional<BackingDeviceInfo> backing) {
    return withFile(f -> new FileFacts(f.kind(), f.slots(), f.mode(), backing, f.traits()));
  }

  Situation withTraits(Set<Trait> traits) {
    return withFile(f -> new FileFacts(f.kind(), f.slots(), f.mode(), f.backing(), traits));
  }

  private Situation withFile(UnaryOperator<FileFacts> change) {
    return new Situation(profile, request, file.map(change));
  }
}
