package dev.nommu.cramfs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The first written file of each content. Files that share their data are one inode in Linux (rule
 * CRAMFS-20), so they must also share kind, permissions and owner.
 */
final class Originals {
  private final Map<Key, SourceNode> byContent = new HashMap<>();
  private final MessageDigest sha256 = sha256();

  private record Key(int mode, int uid, int gid, String digest) {}

  /**
   * Adds a file, unless an equal one with the same content exists: then it gets the offset of that
   * one.
   *
   * @return whether it was added, and so needs its own offset
   */
  boolean add(SourceNode node, byte[] content) {
    NodeHeader header = node.header();
    String digest = HexFormat.of().formatHex(sha256.digest(content));
    Key key = new Key(header.mode(), header.uid(), header.gid(), digest);
    Optional<SourceNode> original = Optional.ofNullable(byContent.putIfAbsent(key, node));
    original.ifPresent(same -> node.place(same.dataOffset()));
    return original.isEmpty();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
