package dev.nommu.cli.image;

import java.util.Optional;
import java.util.function.Supplier;

/** A file of any kind at its place in an image. */
final class Member {
  private final Optional<Member> parent;
  private final String name;
  private final Supplier<String> path;
  private final Access access;
  private final Content content;

  /**
   * Creates a member.
   *
   * @param parent its directory, empty for the root
   * @param name as in the image, possibly malicious
   * @param path returns the path from the root of the image
   */
  Member(
      Optional<Member> parent, String name, Supplier<String> path, Access access, Content content) {
    this.parent = parent;
    this.name = name;
    this.path = path;
    this.access = access;
    this.content = content;
  }

  /** Returns its directory, empty for the root. */
  public Optional<Member> parent() {
    return parent;
  }

  /** Returns its name in that directory. */
  public String name() {
    return name;
  }

  /** Returns its kind, permissions and owner. */
  public Access access() {
    return access;
  }

  /** Returns its content. */
  public Content content() {
    return content;
  }

  /**
   * Returns the path from the root of the image, which is "/" itself; only its end, after "...", if
   * it has more than 4095 characters.
   */
  public String path() {
    return path.get();
  }
}
