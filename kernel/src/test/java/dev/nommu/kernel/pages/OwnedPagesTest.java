package dev.nommu.kernel.pages;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a plugin: it cannot free or use others. */
final class OwnedPagesTest {
  private static final long BASE = 0x8000_0000L;
  private static final long PAGE = 4096;

  private final Arena arena = Arena.ofConfined();
  private final Ram ram = Ram.of(new AddressRange(BASE, 64 * PAGE));
  private final PhysicalMemory memory = new PhysicalMemory(ram, arena);
  private final BuddyAllocator allocator = new BuddyAllocator(ram, List.of(), 5);
  private final PageOwners owners = new PageOwners(memory, allocator, Sanitizer.OFF);
  private final OwnedPages pages = owners.newOwner("the plugin");

  OwnedPagesTest() throws ErrnoException {}

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void run_isInOnePieceZeroedAndTrimmed() throws Exception {
    memory.ramAt(BASE, 64 * PAGE).fill((byte) 1);
    long run = pages.allocateRun(5);
    assertThat(pages.pages()).isEqualTo(5);
    assertThat(allocator.freePages()).isEqualTo(59);
    assertThat(pages.memory(run, 5 * PAGE).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    assertThat(pages.owns(run, 5 * PAGE)).isTrue();
    assertThat(pages.owns(run, 5 * PAGE + 1)).isFalse();
    assertThat(pages.owns(run - 1, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 33, Long.MAX_VALUE})
  void run_ofNoOrTooManyPages_isEnomem(long count) {
    assertErrno(Errno.ENOMEM, () -> pages.allocateRun(count));
    assertThat(allocator.freePages()).isEqualTo(64);
  }

  /** A segment of a Java program may still show pages that the plugin then frees. */
  @Test
  void pages_areGivenToNoPlugin_whileTheMachineIsBeingClosed() throws Exception {
    long run = pages.allocateRun(4);
    owners.retire();
    pages.free(run, 4);
    assertErrno(Errno.ENOMEM, () -> pages.allocateRun(1));
    assertErrno(Errno.ENOMEM, pages::allocatePage);
    assertThat(allocator.freePages()).isEqualTo(64);
  }

  /** Pages that a segment still shows may be free by the time the allocator is queried. */
  @Test
  void pagesAllocatedWhenTheMachineBeginsToClose_goBackAsTheyWere() throws Exception {
    memory.ramAt(BASE, 64 * PAGE).fill((byte) 1);
    AtomicReference<PageOwners> theirs = new AtomicReference<>();
    PageAllocator late =
        (PageAllocator)
            Proxy.newProxyInstance(
                PageAllocator.class.getClassLoader(),
                new Class<?>[] {PageAllocator.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("allocate")) {
                    theirs.get().retire();
                  }
                  return method.invoke(allocator, arguments);
                });
    theirs.set(new PageOwners(memory, late, Sanitizer.OFF));
    assertErrno(Errno.ENOMEM, () -> theirs.get().newOwner("late").allocateRun(3));
    assertThat(allocator.freePages()).isEqualTo(64);
    assertThat(memory.ramAt(BASE, 64 * PAGE).toArray(ValueLayout.JAVA_BYTE)).containsOnly(1);
  }

  @Test
  void pages_canBeFreedOneByOneFromTheMiddle() throws Exception {
    long run = pages.allocateRun(4);
    pages.free(run + PAGE, 2);
    assertThat(pages.owns(run, PAGE)).isTrue();
    assertThat(pages.owns(run + PAGE, 1)).isFalse();
    assertThat(pages.owns(run + 3 * PAGE, PAGE)).isTrue();
    pages.free(run, 1);
    pages.free(run + 3 * PAGE, 1);
    assertThat(pages.pages()).isZero();
    assertThat(allocator.freePages()).isEqualTo(64);
  }

  @Test
  void plugin01_pagesThatAreNotItsOwn_cannotBeFreedAndItIsBlamed() throws Exception {
    long run = pages.allocateRun(4);
    OwnedPages other = owners.newOwner("another");
    long foreign = other.allocateRun(2);
    for (long address : List.of(foreign, run + 1, run - PAGE, BASE + 200 * PAGE)) {
      assertThatThrownBy(() -> pages.free(address, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the plugin");
    }
    for (long count : List.of(5L, 0L, -1L, 1L << 52, (1L << 52) + 1, Long.MAX_VALUE)) {
      assertThatThrownBy(() -> pages.free(run, count)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(pages.pages()).isEqualTo(4);
    pages.free(run, 4);
    assertThatThrownBy(() -> pages.free(run, 4)).isInstanceOf(IllegalStateException.class);
    other.freeAll();
    assertThat(allocator.freePages()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 4095, -1, Long.MIN_VALUE})
  void plugin01_rangeThatWraps_isNotOwned(long address) throws Exception {
    pages.allocateRun(4);
    assertThat(pages.owns(address, PAGE)).isFalse();
    assertThat(pages.owns(BASE, Long.MAX_VALUE)).isFalse();
    assertThat(pages.owns(BASE, -1)).isFalse();
    assertThatThrownBy(() -> pages.memory(address, PAGE)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void freeAll_givesBackEverything() throws Exception {
    pages.allocateRun(3);
    pages.allocatePage();
    pages.allocatePage();
    assertThat(pages.freeAll()).isEqualTo(5);
    assertThat(allocator.freePages()).isEqualTo(64);
    assertThat(pages.pages()).isZero();
  }

  @Test
  void territory_ownsARangeWithinOneOfItsParts() throws Exception {
    Territory territory = new Territory();
    assertThat(territory.owns(BASE, 1)).isFalse();
    territory.add(new AddressRange(0x1000, 0x1000));
    territory.add(new AddressRange(0x2000, 0x1000));
    territory.add(pages);
    long run = pages.allocateRun(2);
    assertThat(territory.owns(0x1000, 0x1000)).isTrue();
    assertThat(territory.owns(0x1800, 0x1000)).isFalse();
    assertThat(territory.owns(run, 2 * PAGE)).isTrue();
    assertThat(territory.owns(Long.MAX_VALUE, 2)).isFalse();
  }

  @Test
  void trunc07_pagesThatAreHeld_goBackWithTheLastHold() throws Exception {
    long run = pages.allocateRun(4);
    Territory.Hold middle = pages.hold(new AddressRange(run + PAGE, 2 * PAGE));
    Territory.Hold one = pages.hold(new AddressRange(run + PAGE, PAGE));
    pages.free(run, 4);
    assertThat(pages.owns(run, PAGE)).isFalse();
    assertThat(pages.pages()).isEqualTo(2);
    assertThat(allocator.freePages()).isEqualTo(62);
    middle.release();
    assertThat(allocator.freePages()).isEqualTo(63);
    one.release();
    assertThat(allocator.freePages()).isEqualTo(64);
    assertThat(pages.pages()).isZero();
  }

  @Test
  void trunc07_heldPagesThatTheOwnerKeeps_stayItsOwn() throws Exception {
    long run = pages.allocateRun(2);
    pages.hold(new AddressRange(run, 2 * PAGE)).release();
    assertThat(pages.owns(run, 2 * PAGE)).isTrue();
    pages.free(run, 2);
    assertThat(allocator.freePages()).isEqualTo(64);
  }

  @Test
  void trunc07_holdOfPartOfAPage_isOfTheWholePage() throws Exception {
    long run = pages.allocateRun(2);
    Territory.Hold hold = pages.hold(new AddressRange(run + PAGE - 1, 2));
    pages.free(run, 2);
    assertThat(allocator.freePages()).isEqualTo(62);
    hold.release();
    assertThat(allocator.freePages()).isEqualTo(64);
  }

  @Test
  void trunc07_territoryOfAStore_holdsThePagesOfItsDriver() throws Exception {
    long run = pages.allocateRun(1);
    Territory driver = new Territory();
    driver.add(pages);
    Territory fileSystem = new Territory();
    fileSystem.add(driver);
    assertThat(fileSystem.owns(run, PAGE)).isTrue();
    Territory.Hold hold = fileSystem.hold(new AddressRange(run, PAGE));
    pages.free(run, 1);
    assertThat(allocator.freePages()).isEqualTo(63);
    hold.release();
    assertThat(allocator.freePages()).isEqualTo(64);
  }
}
