package dev.nommu.nio;

import static de.pfabulist.lindwurm.niotest.tests.descriptionbuilders.CombinedBuilder.build;

import de.pfabulist.lindwurm.niotest.tests.AllTests;
import de.pfabulist.lindwurm.niotest.tests.FSDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** The suite niotest for file systems of {@code java.nio.file}, but for what is listed here. */
public final class NioTestSuiteTest extends AllTests {
  private static FSDescription description;
  private static NommuFileSystem first;
  private static NommuFileSystem second;
  private static NommuFileSystem closable;
  private static Path host;

  /** Called by JUnit for each test. */
  public NioTestSuiteTest() {
    super(description);
  }

  /** Says what is tested. */
  @BeforeClass
  public static void describe() throws IOException {
    first = NommuFileSystem.inMemory();
    second = NommuFileSystem.inMemory();
    closable = NommuFileSystem.inMemory();
    host = Files.createTempDirectory("niotest");
    first.task().tree().mkdir("/store", 0755);
    first.task().tree().mount("none", "/store", "ramfs", Set.of(), "");
    description =
        build()
            .unix()
            .noPermissionChecks()
            .next()
            .playgrounds()
            .std(directory(first, "/play"))
            .sameProviderDifferentFileSystem(directory(second, "/play"))
            .sameFileSystemDifferentStore(directory(first, "/store/play"))
            .differentProvider(host)
            .closable(directory(closable, "/play"))
            .noSizeLimit()
            .next()
            .time()
            .noLastAccessTime()
            .noCreationTime()
            .next()
            .fileStores()
            .noLimitedPlayground()
            .next()
            .watchable()
            .no()
            .nitpick("testIsSameFileOtherProvider", "asks for a path of another provider")
            .nitpick(
                "testIsSameFileOfDifferentPathNonExistingFileIsNot", "a file is not a directory")
            .nitpick("testSymLinkToUnnormalizedRelPath", ".. leads on from the target of a link")
            .nitpick("testTruncateOnAppendChannelThrows", "the JDK's own channels do not, either")
            .done();
  }

  private static Path directory(NommuFileSystem fileSystem, String path) throws IOException {
    return Files.createDirectories(fileSystem.getPath(path));
  }

  /** Gives everything back. */
  @AfterClass
  public static void close() throws IOException {
    first.close();
    second.close();
    closable.close();
    try (var files = Files.walk(host)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
