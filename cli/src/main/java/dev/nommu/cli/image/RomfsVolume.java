package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.cli.text.Printable;
import dev.nommu.image.TreeEntry;
import dev.nommu.romfs.RomfsImage;
import dev.nommu.romfs.RomfsNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A romfs. Hard links are shown as the files they link to. */
final class RomfsVolume implements Volume {
  private final RomfsImage image;

  private RomfsVolume(RomfsImage image) {
    this.image = image;
  }

  static RomfsVolume open(ImageBytes bytes) throws ErrnoException {
    return new RomfsVolume(RomfsImage.open(bytes));
  }

  @Override
  public String description() {
    return "romfs \"%s\", %d bytes"
        .formatted(Printable.of(image.header().volume()), image.header().size());
  }

  @Override
  public List<Member> members() throws ErrnoException {
    Map<TreeEntry<RomfsNode>, Member> byEntry = new HashMap<>();
    List<Member> members = new ArrayList<>();
    for (TreeEntry<RomfsNode> entry : image.walk()) {
      Optional<Member> parent = entry.parent().map(byEntry::get);
      Member member = member(parent, entry);
      members.add(member);
      if (member.access().kind() == FileKind.DIRECTORY) {
        byEntry.put(entry, member);
      }
    }
    return members;
  }

  private Member member(Optional<Member> parent, TreeEntry<RomfsNode> entry) throws ErrnoException {
    RomfsNode node = image.resolve(entry.node());
    String name = entry.isRoot() ? "" : entry.node().name();
    Access access = new Access(kind(node), node.permissions(), 0, 0);
    return new Member(parent, name, entry::path, access, content(node));
  }

  private static FileKind kind(RomfsNode node) {
    return switch (node.kind()) {
      case DIRECTORY -> FileKind.DIRECTORY;
      case REGULAR -> FileKind.REGULAR;
      case SYMBOLIC_LINK -> FileKind.SYMBOLIC_LINK;
      case BLOCK_DEVICE -> FileKind.BLOCK_DEVICE;
      case CHARACTER_DEVICE -> FileKind.CHARACTER_DEVICE;
      case SOCKET -> FileKind.SOCKET;
      case FIFO -> FileKind.FIFO;
      case HARD_LINK -> throw new AssertionError(node);
    };
  }

  private Content content(RomfsNode node) {
    return switch (node.kind()) {
      case REGULAR -> {
        Content.Bytes bytes =
            out -> Parts.copy(out, node.size(), (into, at) -> image.read(node, into, at));
        yield new Content.Data(node.size(), node.offset(), bytes);
      }
      case SYMBOLIC_LINK -> new Content.Link(node.size(), () -> image.linkTarget(node));
      case BLOCK_DEVICE, CHARACTER_DEVICE -> new Content.Device(node.major(), node.minor());
      case DIRECTORY -> new Content.Nothing(node.metadataSize());
      case SOCKET, FIFO -> new Content.Nothing(0);
      case HARD_LINK -> throw new AssertionError(node);
    };
  }

  @Override
  public void close() throws ErrnoException {
    image.close();
  }
}
