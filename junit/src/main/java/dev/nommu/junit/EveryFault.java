package dev.nommu.junit;

import dev.nommu.api.Errno;
import dev.nommu.tck.fault.Operation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test in the place of {@code @Test} that is run again and again, with one fault at another call
 * of a plugin each time: first without a fault, to count, and then for every n, named by the fault.
 * It needs a {@link Board}; the machine is that of its parameters.
 *
 * <p>With a fault the test may end with an {@link dev.nommu.api.ErrnoException} or a {@link
 * dev.nommu.kernel.memory.MemoryFault}, unless that says that the plugin itself is at fault (rule
 * PLUGIN-01); everything else fails it as always, the machine's books and the sanitizer too. A
 * device whose probe fails is not there. It fails as well if a fault was not reached, if there is
 * no call of a kind, or if of the calls of a kind none failed or none succeeded. Not for tests that
 * run in parallel with themselves.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(FaultTemplates.class)
public @interface EveryFault {
  /** Ways in which a call goes wrong. */
  enum Way {
    /** It fails with each of {@link EveryFault#errno}. */
    FAIL,
    /** It moves half of the bytes and says so. */
    SHORTEN,
    /** It is half done and fails with EIO. */
    TEAR,
    /** It is late: another thread looks at the whole machine first, which must not wait for it. */
    DELAY,
    /** The power goes before it. */
    POWER_LOSS,
    /** The power goes in the middle of it. */
    TORN_POWER_LOSS
  }

  /** Returns the kinds of calls. */
  Operation[] value();

  /**
   * Returns the class of the plugin, which has a public constructor without parameters and is one
   * of these kinds; a test of another kind fails and says so:
   *
   * <ul>
   *   <li>{@link dev.nommu.api.DeviceDriver}
   *   <li>{@link dev.nommu.chardevfb.FrameBufferDeviceDriver}
   *   <li>{@link dev.nommu.api.FileSystemType}
   *   <li>{@link dev.nommu.api.BinaryFormat}
   * </ul>
   */
  Class<?> plugin();

  /** Returns how calls go wrong. */
  Way[] ways() default Way.FAIL;

  /** Returns what calls fail with. */
  Errno[] errno() default Errno.EIO;
}
