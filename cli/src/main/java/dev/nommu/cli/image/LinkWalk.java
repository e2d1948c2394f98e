package dev.nommu.cli.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Resolves a path in an image: symbolic links are followed, the image's root is the top. */
final class LinkWalk {
  /** Symbolic links followed in one walk (MAXSYMLINKS). */
  private static final int MAXIMUM_LINKS = 40;

  private final Map<String, Member> byPath;
  private final Deque<String> names = new ArrayDeque<>();
  private int links;
  private String at = "";

  LinkWalk(List<Member> members) {
    this.byPath =
        members.stream()
            .collect(Collectors.toMap(Member::path, Function.identity(), (first, next) -> first));
  }

  /** Returns the current path: after {@link #follow}, the resolved one. */
  String place() {
    return at.isEmpty() ? "/" : at;
  }

  /**
   * Returns the member at a path, or empty.
   *
   * @throws ErrnoException ELOOP after 40 links; EIO if a link cannot be read
   */
  Optional<Member> follow(String path) throws ErrnoException {
    enter(path);
    while (!names.isEmpty()) {
      Optional<Member> next = step(names.pop());
      if (next.isEmpty()) {
        names.forEach(left -> at += "/" + left);
        return next;
      }
    }
    return Optional.ofNullable(byPath.get(place()));
  }

  private void enter(String path) {
    if (path.startsWith("/")) {
      at = "";
    }
    for (String name : List.of(path.split("/")).reversed()) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.push(name);
      }
    }
  }

  private Optional<Member> step(String name) throws ErrnoException {
    if (name.equals("..")) {
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
      return Optional.ofNullable(byPath.get(place()));
    }
    Member member = byPath.get(at + "/" + name);
    if (member != null && member.content() instanceof Content.Link link) {
      requireMoreLinks(member);
      enter(link.target().call());
    } else {
      at += "/" + name;
    }
    return Optional.ofNullable(member);
  }

  private void requireMoreLinks(Member link) throws ErrnoException {
    if (links++ == MAXIMUM_LINKS) {
      throw new ErrnoException(
          Errno.ELOOP, link.path() + ": too many levels of symbolic links, expected at most 40");
    }
  }
}
