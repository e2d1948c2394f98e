package dev.nommu.cli.image;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A path in an image as a user writes it: with or without redundant slashes.
 *
 * @param path as returned by {@link Member#path}
 */
record MemberPath(String path) {
  /** Parses a path that the user wrote. */
  static MemberPath of(String text) {
    return new MemberPath(
        Arrays.stream(text.split("/"))
            .filter(name -> !name.isEmpty() && !name.equals("."))
            .collect(Collectors.joining("/", "/", "")));
  }

  /** Returns the member with this path, or empty. */
  Optional<Member> find(List<Member> members) {
    return members.stream().filter(member -> member.path().equals(path)).findFirst();
  }

  /** Returns the member with this path and all below it, in order; empty if there is none. */
  List<Member> subtree(List<Member> members) {
    Set<Member> found = new LinkedHashSet<>();
    find(members).ifPresent(found::add);
    for (Member member : members) {
      if (member.parent().filter(found::contains).isPresent()) {
        found.add(member);
      }
    }
    return List.copyOf(found);
  }
}
