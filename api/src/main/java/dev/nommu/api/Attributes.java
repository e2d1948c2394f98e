package dev.nommu.api;

import java.time.Instant;

/**
 * Owner, mode, size and time of an inode.
 *
 * @param permissions the low twelve mode bits
 * @param uid the owner
 * @param gid the group
 * @param links how many names the inode has
 * @param size bytes
 * @param blocks units of 512 bytes that are allocated to the inode
 * @param modified when the contents last changed
 */
public record Attributes(
    int permissions, int uid, int gid, int links, long size, long blocks, Instant modified) {}
