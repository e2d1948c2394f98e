package dev.nommu.kernel.fs;

/**
 * A change in a watched directory, as in {@code struct inotify_event} (section INOTIFY).
 *
 * @param kind the kind of change
 * @param name the entry; empty for {@link Kind#IGNORED}
 */
public record DirectoryEvent(Kind kind, String name) {
  /** The inotify events that report changes. */
  public enum Kind {
    /** IN_MODIFY: the contents or the size of an entry were changed by a call. */
    MODIFY,
    /** IN_ATTRIB: the mode, the owner or the times of an entry were set. */
    ATTRIB,
    /** IN_CREATE: an inode was created under the name, or linked to it. */
    CREATE,
    /** IN_DELETE: the name was removed. */
    DELETE,
    /** IN_MOVED_FROM: a rename removed the name. */
    MOVED_FROM,
    /** IN_MOVED_TO: a rename created or replaced the name. */
    MOVED_TO,
    /** IN_IGNORED: the watch has ended because the directory was removed or unmounted. */
    IGNORED
  }
}
