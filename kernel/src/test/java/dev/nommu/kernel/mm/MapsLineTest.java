package dev.nommu.kernel.mm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mmap.MmapArguments;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of /proc/PID/maps, without a machine. */
final class MapsLineTest {
  private static final long PAGE = 4096;
  private static final MmapArguments ONE_PAGE =
      new MmapArguments(
          0,
          PAGE,
          MmapArguments.PROT_READ,
          MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS,
          0);

  private Vma mapping;

  @BeforeEach
  void map() throws Exception {
    Ram ram = Ram.of(new AddressRange(0x8000_0000L, 16 * PAGE));
    MappedPages pages = new MappedPages(new BuddyAllocator(ram, List.of(), 4));
    Region region = Region.anonymous(VmFlags.anonymous(ONE_PAGE), ONE_PAGE, pages.allocate(1));
    mapping = new Vma(region, region.end());
  }

  private String line(long stackPointer) {
    ExecRequest request = ExecRequest.builder("/program").build();
    LoadedImage image = LoadedImage.builder(mapping.start(), stackPointer).build();
    return MapsLine.of(mapping, new ProcessImage(request, "/program", image));
  }

  /** The pointer of an empty stack is past its end. */
  @Test
  void proc07_stackPointerFromTheStartToTheEnd_namesTheMapping() {
    assertThat(line(mapping.start())).endsWith(" [stack]");
    assertThat(line(mapping.end())).endsWith(" [stack]");
    assertThat(line(mapping.start() - 1)).doesNotContain("[stack]");
    assertThat(line(mapping.end() + 1)).doesNotContain("[stack]");
  }
}
