package dev.nommu.cramfs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The files of each content that were written first. Files that share their data are one inode to
 * Linux (rule CRAMFS-20), so they also have kind, permissions and owner in common.
 */
final class Originals {
  private final Map<Key, SourceNode> byContent = new HashMap<>();
  private final MessageDigest sha256 = sha256();

  private record Key(int mode, int uid, int gid, String digest) {}

  /**
   * Adds a file, unless there is one like it with the same content: then it gets the place of that.
   *
   * @return whether it was added, and so needs a place of its own
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
