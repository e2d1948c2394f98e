package dev.nommu.nio;

import java.nio.file.LinkOption;
import java.util.List;
import java.util.Objects;

/** What is meant by a path whose last name is a symbolic link. */
enum Links {
  /** What it points to. */
  FOLLOW,
  /** The link itself. */
  NOFOLLOW;

  /** Returns what the options of a caller say. */
  static Links of(LinkOption... options) {
    for (LinkOption option : options) {
      Objects.requireNonNull(option);
    }
    return List.of(options).contains(LinkOption.NOFOLLOW_LINKS) ? NOFOLLOW : FOLLOW;
  }
}
