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
   * @param parent the directory that holds it, empty for the root
   * @param name as it stands in the image, which may be malicious
   * @param path gives the path from the root of the image
   */
  Member(
      Optional<Member> parent, String name, Supplier<String> path, Access access, Content content) {
    this.parent = parent;
    this.name = name;
    this.path = path;
    this.access = access;
    this.content = content;
  }

  /** Returns the directory that holds it, empty for the root. */
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

  /** Returns what is in it. */
  public Content content() {
    return content;
  }

  /**
   * Returns the path from the root of the image, which is "/" itself; only the end of it, behind
   * "...", if it has more than 4095 characters.
   */
  public String path() {
    return path.get();
  }
}
