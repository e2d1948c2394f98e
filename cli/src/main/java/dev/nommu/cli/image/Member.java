package dev.nommu.cli.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A file of any kind at its place in an image. */
public final class Member {
  private static final int LONGEST_PATH = 4095;

  private final Optional<Member> parent;
  private final String name;
  private final Access access;
  private final Content content;

  /**
   * Creates a member.
   *
   * @param parent the directory that holds it, empty for the root
   * @param name as it stands in the image, which may be malicious
   */
  Member(Optional<Member> parent, String name, Access access, Content content) {
    this.parent = parent;
    this.name = name;
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
   * Returns the path from the root of the image, which is "/" itself. Of a path of more than 4095
   * characters, which no call takes, it is the end, behind "...": the paths of a tree that is
   * nested without end would take memory beyond all bounds.
   */
  public String path() {
    Deque<String> names = new ArrayDeque<>();
    int length = 0;
    for (Member at = this; at.parent.isPresent(); at = at.parent.get()) {
      length += 1 + at.name.length();
      if (length > LONGEST_PATH) {
        return ".../" + String.join("/", names);
      }
      names.addFirst(at.name);
    }
    return "/" + String.join("/", names);
  }
}
