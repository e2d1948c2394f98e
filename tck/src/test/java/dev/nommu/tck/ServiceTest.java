package dev.nommu.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plugin that was added is tested in the place of the kernel's own of the same class. */
final class ServiceTest {
  private static FoundPlugin<FileSystemType> found(String type, String from) {
    return new FoundPlugin<>(
        type,
        from,
        () -> {
          throw new IllegalStateException("nobody makes it");
        });
  }

  @Test
  void addedPlugin_takesThePlaceOfTheKernelsOwn_andOfNoOther() {
    FoundPlugin<FileSystemType> own = found("acme.Tree", "");
    FoundPlugin<FileSystemType> added = found("acme.Tree", "tree.jar");
    FoundPlugin<FileSystemType> again = found("acme.Tree", "copy.jar");
    FoundPlugin<FileSystemType> beside = found("acme.Bush", "");
    PluginPath path =
        PluginPath.standard().with(FileSystemType.class, List.of(own, beside, added, again));
    assertThat(Service.replacing(path, Service.OF_API).find(FileSystemType.class))
        .as("two places that have it stay two")
        .containsExactly(beside, added, again);
    PluginPath alone = PluginPath.standard().with(FileSystemType.class, List.of(own, beside));
    assertThat(Service.replacing(alone, Service.OF_API).find(FileSystemType.class))
        .containsExactly(own, beside);
  }
}
