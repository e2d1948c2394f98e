package dev.nommu.cli.image;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.cli.text.Printable;
import dev.nommu.cramfs.CramfsImage;
import dev.nommu.cramfs.CramfsNode;
import dev.nommu.image.TreeEntry;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cramfs. Files that share their data are separate files. */
final class CramfsVolume implements Volume {
  private final CramfsImage image;

  private CramfsVolume(CramfsImage image) {
    this.image = image;
  }

  static CramfsVolume open(ImageBytes bytes, int blockSize) throws ErrnoException {
    return new CramfsVolume(CramfsImage.open(bytes, blockSize));
  }

  @Override
  public String description() {
    boolean little = image.superblock().byteOrder() == ByteOrder.LITTLE_ENDIAN;
    return "cramfs \"%s\", %s-endian, %d bytes"
        .formatted(
            Printable.of(image.superblock().name()),
            little ? "little" : "big",
            image.superblock().size());
  }

  @Override
  public List<Member> members() throws ErrnoException {
    Map<TreeEntry<CramfsNode>, Member> byEntry = new HashMap<>();
    List<Member> members = new ArrayList<>();
    for (TreeEntry<CramfsNode> entry : image.walk()) {
      Optional<Member> parent = entry.parent().map(byEntry::get);
      CramfsNode node = entry.node();
      FileKind kind = node.requireKind();
      Access access = new Access(kind, node.permissions(), node.uid(), node.gid());
      Member member = new Member(parent, node.name(), entry::path, access, content(kind, node));
      members.add(member);
      if (kind == FileKind.DIRECTORY) {
        byEntry.put(entry, member);
      }
    }
    return members;
  }

  private Content content(FileKind kind, CramfsNode node) {
    return switch (kind) {
      case REGULAR -> {
        Content.Bytes bytes =
            out -> Parts.copy(out, node.size(), (into, at) -> image.read(node, into, at));
        yield new Content.Data(node.size(), node.offset(), bytes);
      }
      case SYMBOLIC_LINK -> new Content.Link(node.size(), () -> image.linkTarget(node));
      case CHARACTER_DEVICE, BLOCK_DEVICE -> {
        DeviceNumber number = node.device();
        yield new Content.Device(number.major(), number.minor());
      }
      case DIRECTORY, FIFO, SOCKET -> new Content.Nothing(node.size());
    };
  }

  @Override
  public void close() throws ErrnoException {
    image.close();
  }
}
