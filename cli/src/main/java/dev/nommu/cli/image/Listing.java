package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.text.Printable;

/** How a member is listed. Images have no times, and one link each. */
enum Listing {
  /** The path. */
  SHORT {
    @Override
    public String line(Member member) {
      return Printable.of(member.path());
    }
  },

  /** As {@code ls -l}: mode, owner, group, size or device number, path, target of a link. */
  LONG {
    @Override
    public String line(Member member) throws ErrnoException {
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
  };

  /**
   * Returns the line for a member.
   *
   * @throws ErrnoException EIO if the target of a link cannot be read
   */
  public abstract String line(Member member) throws ErrnoException;

  private static String size(Content content) {
    return switch (content) {
      case Content.Data data -> Long.toString(data.size());
      case Content.Link link -> Long.toString(link.size());
      case Content.Device(int major, int minor) -> "%d, %3d".formatted(major, minor);
      case Content.Nothing nothing -> Long.toString(nothing.size());
    };
  }

  private static String target(Content content) throws ErrnoException {
    return switch (content) {
      case Content.Link link -> " -> " + Printable.of(link.target().call());
      case Content.Data data -> "";
      case Content.Device device -> "";
      case Content.Nothing nothing -> "";
    };
  }
}
