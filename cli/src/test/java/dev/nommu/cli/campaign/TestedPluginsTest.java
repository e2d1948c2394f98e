package dev.nommu.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.campaign.TestedPlugin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestedPluginsTest {
  private static final Origin NOMMU = new Origin(List.of(), List.of(), "", "");

  @Test
  void nommusOwnPlugins_haveABoardEach_exceptBinaryFormats() throws Exception {
    CandidateBoards boards = CandidateBoards.ofNommu(Path.of("..", "boards"));
    TestedPlugins tested = TestedPlugins.of(NOMMU, List.of(), boards);
    assertThat(tested.unusable())
        .filteredOn(reason -> reason.startsWith("dev.nommu.binfmt."))
        .hasSize(3)
        .allMatch(reason -> reason.contains("use 'nommu check --executable'"));
    assertThat(tested.plugins().stream().map(TestedPlugin::type))
        .contains(
            "dev.nommu.blockdev.RamDiskDriver",
            "dev.nommu.blockdev.VirtioBlockDriver",
            "dev.nommu.chardevfb.FrameBufferDriver",
            "dev.nommu.chardevfb.MemoryDevices",
            "dev.nommu.chardevfb.SimpleFrameBufferDriver",
            "dev.nommu.chardevfb.VirtualFrameBufferDriver",
            "dev.nommu.cramfs.CramfsType",
            "dev.nommu.hostfs.HostfsType",
            "dev.nommu.mtd.MtdDriver",
            "dev.nommu.ramfs.RamfsType",
            "dev.nommu.ramfs.TmpfsType",
            "dev.nommu.romfs.RomfsType");
  }

  @Test
  void withoutNommusFolder_pluginsThatNeedABoard_areExcludedWithTheReason() throws Exception {
    CandidateBoards boards = CandidateBoards.ofNommu(Path.of("no", "such", "folder"));
    TestedPlugins tested = TestedPlugins.of(NOMMU, List.of(), boards);
    assertThat(tested.unusable()).anyMatch(reason -> reason.contains("dev.nommu.romfs.RomfsType"));
    assertThat(tested.plugins().stream().map(TestedPlugin::type))
        .contains("dev.nommu.ramfs.RamfsType");
  }
}
