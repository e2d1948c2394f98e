package dev.nommu.nio;

import java.nio.file.LinkOption;
import java.util.List;
import java.util.Objects;

/** How a path whose last name is a symbolic link is resolved. */
enum Links {
  /** To its target. */
  FOLLOW,
  /** To the link itself. */
  NOFOLLOW;

  /** Returns the choice in a caller's options. */
  static Links of(LinkOption... options) {
    for (LinkOption option : options) {
      Objects.requireNonNull(option);
    }
    return List.of(options).contains(LinkOption.NOFOLLOW_LINKS) ? NOFOLLOW : FOLLOW;
  }
}
