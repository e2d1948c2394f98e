package dev.nommu.kernel.shm;

import dev.nommu.api.Page;
import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.ipc.ShmStatus.History;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The text of /proc/sysvipc/shm, as a kernel of 64 bits formats it (ipc/shm.c). */
final class ShmTable {
  private static final String TITLES =
      "       key      shmid perms                  size  cpid  lpid nattch"
          + "   uid   gid  cuid  cgid      atime      dtime      ctime"
          + "                   rss                  swap\n";

  private ShmTable() {}

  static String of(List<ShmStatus> segments) {
    return segments.stream().map(ShmTable::row).collect(Collectors.joining("", TITLES, ""));
  }

  /** Reports all pages of a segment as resident; there is no swap. */
  private static String row(ShmStatus segment) {
    IpcPermissions permissions = segment.permissions();
    History history = segment.history();
    return String.format(
        Locale.ROOT,
        "%10d %10d  %4o %21d %5d %5d  %5d %5s %5s %5s %5s %10d %10d %10d %21d %21d\n",
        permissions.key(),
        segment.id(),
        permissions.mode(),
        segment.size(),
        history.creator(),
        history.last(),
        segment.attachments(),
        Integer.toUnsignedString(permissions.uid()),
        Integer.toUnsignedString(permissions.gid()),
        Integer.toUnsignedString(permissions.creatorUid()),
        Integer.toUnsignedString(permissions.creatorGid()),
        history.attached(),
        history.detached(),
        history.changed(),
        Page.count(segment.size()) * Page.SIZE,
        0);
  }
}
