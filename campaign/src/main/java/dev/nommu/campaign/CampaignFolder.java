package dev.nommu.campaign;

import com.google.gson.JsonParseException;
import dev.nommu.campaign.StateText.Known;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of a campaign: its plan, state, capsules and reports. However the process ends, the
 * last complete state is intact. Only one process can open it at a time.
 */
public final class CampaignFolder implements AutoCloseable {
  private static final String PLAN = "plan.json";
  private static final String STATE = "state.json";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lock;
  private final Plan plan;
  private final Known known;

  private CampaignFolder(Path folder, FileChannel lock, Plan plan, Known known) {
    this.folder = folder;
    this.lock = lock;
    this.plan = plan;
    this.known = known;
  }

  /** Returns whether a folder contains a campaign. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve(PLAN));
  }

  /**
   * Creates a campaign.
   *
   * @param folder created if it does not exist
   * @throws IOException if it already contains a campaign, or cannot be written; the message names
   *     it
   */
  public static CampaignFolder create(Path folder, Plan plan) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock = locked(folder);
    try {
      if (isAt(folder)) {
        throw new IOException(folder + ": expected no campaign, found one");
      }
      WholeFile.write(folder.resolve(PLAN), StateText.write(plan));
      return new CampaignFolder(folder, lock, plan, Known.NOTHING);
    } catch (IOException unusable) {
      lock.close();
      throw unusable;
    }
  }

  /**
   * Opens a campaign, to resume it.
   *
   * @throws IOException if the folder holds no campaign, cannot be read, or is in use by another
   *     process; the message names the file
   */
  public static CampaignFolder open(Path folder) throws IOException {
    if (!isAt(folder)) {
      throw new IOException(folder + ": expected a campaign, found no " + PLAN);
    }
    FileChannel lock = locked(folder);
    try {
      Plan plan = parsed(folder.resolve(PLAN), StateText::readPlan);
      Path state = folder.resolve(STATE);
      Known known = Files.exists(state) ? parsed(state, StateText::read) : Known.NOTHING;
      return new CampaignFolder(folder, lock, plan, known);
    } catch (IOException unreadable) {
      lock.close();
      throw unreadable;
    }
  }

  private interface Parser<T> {
    T parse(String text);
  }

  private static <T> T parsed(Path file, Parser<T> parser) throws IOException {
    try {
      return parser.parse(Files.readString(file));
    } catch (JsonParseException malformed) {
      throw new IOException(file + ": " + malformed.getMessage(), malformed);
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new IOException(folder + ": another process runs this campaign");
    }
    return channel;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  /** Returns its path. */
  public Path path() {
    return folder;
  }

  /** Returns the plan. */
  public Plan plan() {
    return plan;
  }

  /** Returns the state when it was opened. */
  Known known() {
    return known;
  }

  void write(Known now) throws IOException {
    WholeFile.write(folder.resolve(STATE), StateText.write(now));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
