package dev.nommu.kernel.fs;

/**
 * A change in a directory that is watched, as {@code struct inotify_event} (section INOTIFY).
 *
 * @param kind what changed
 * @param name the entry; empty for {@link Kind#IGNORED}
 */
public record DirectoryEvent(Kind kind, String name) {
  /** The events of inotify that tell of changes. */
  public enum Kind {
    /** IN_MODIFY: the contents or the size of an entry were changed by a call. */
    MODIFY,
    /** IN_ATTRIB: the mode, the owner or the times of an entry were set. */
    ATTRIB,
    /** IN_CREATE: an inode was made under the name, or linked to it. */
    CREATE,
    /** IN_DELETE: the name was removed. */
    DELETE,
    /** IN_MOVED_FROM: the name was given up by a rename. */
    MOVED_FROM,
    /** IN_MOVED_TO: the name was taken by a rename. */
    MOVED_TO,
    /** IN_IGNORED: the watch has ended, as the directory was removed or unmounted. */
    IGNORED
  }
}
