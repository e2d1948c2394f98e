package dev.nommu.kernel.mm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mmap.MmapArguments;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mappings of a process, without a machine. */
final class AddressSpaceTest {
  private static final long PAGE = 4096;
  private static final MmapArguments TWO_PAGES =
      new MmapArguments(
          0,
          2 * PAGE,
          MmapArguments.PROT_READ,
          MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS,
          0);

  private final AddressSpace space = new AddressSpace(0, 0);
  private Region region;
  private Vma mapping;

  @BeforeEach
  void map() throws Exception {
    Ram ram = Ram.of(new AddressRange(0x8000_0000L, 16 * PAGE));
    MappedPages pages = new MappedPages(new BuddyAllocator(ram, List.of(), 4));
    region = Region.anonymous(VmFlags.anonymous(TWO_PAGES), TWO_PAGES, pages.allocate(2));
    mapping = new Vma(region, region.end());
    space.add(mapping);
  }

  @Test
  void find_ofARange_isTheMappingThatHasAPartOfIt() {
    long start = mapping.start();
    assertThat(space.find(new AddressRange(start - PAGE, PAGE + 1))).contains(mapping);
    assertThat(space.find(new AddressRange(start + PAGE, 5 * PAGE))).contains(mapping);
    assertThat(space.find(new AddressRange(start - PAGE, PAGE))).isEmpty();
    assertThat(space.find(new AddressRange(start + 2 * PAGE, PAGE))).isEmpty();
  }

  @Test
  void check_findsAMappingThatItsRegionDoesNotKnow() {
    assertThat(MappingCheck.run(List.of(space)))
        .containsExactly("region %s: 0 users, 1 mappings".formatted(region));
    region.addUser(mapping);
    assertThat(MappingCheck.run(List.of(space))).isEmpty();
  }
}
