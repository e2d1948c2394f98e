package dev.nommu.cli.image;

/** A member as a line of {@code ls -l}. Images have no times, and one link each. */
public final class Listing {
  private Listing() {}

  /** Returns mode, owner, group, size or device number, path and, of a link, where it leads. */
  public static String line(Member member) {
    Access access = member.access();
    return "%s %5d %5d %10s %s%s"
        .formatted(
            access.letters(),
            access.uid(),
            access.gid(),
            size(member.content()),
            Printable.of(member.path()),
            target(member.content()));
  }

  private static String size(Content content) {
    return switch (content) {
      case Content.Data data -> Long.toString(data.size());
      case Content.Link link -> Long.toString(link.size());
      case Content.Device(int major, int minor) -> "%d, %3d".formatted(major, minor);
      case Content.Nothing nothing -> Long.toString(nothing.size());
    };
  }

  private static String target(Content content) {
    return switch (content) {
      case Content.Link link -> " -> " + Printable.of(link.target());
      case Content.Data data -> "";
      case Content.Device device -> "";
      case Content.Nothing nothing -> "";
    };
  }
}
