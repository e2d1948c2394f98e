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
 * A test, instead of {@code @Test}, that runs once without a fault, to count the calls of a plugin,
 * and then once for each call, with a fault there; each run is named after its fault. It needs a
 * {@link Board}; its parameters are of that machine.
 *
 * <p>With a fault the test may end with an {@link dev.nommu.api.ErrnoException} or a {@link
 * dev.nommu.kernel.memory.MemoryFault}, unless that blames the plugin itself (rule PLUGIN-01);
 * everything else fails it as usual, including the kernel's accounting and the sanitizer. A device
 * whose probe fails does not exist. The test also fails if a fault was not reached, if there is no
 * call of a kind, or if all or none of the calls of a kind failed. Not for tests that run in
 * parallel with themselves.
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
    /** It moves half of the bytes and returns that count. */
    SHORTEN,
    /** It is half done and fails with EIO. */
    TEAR,
    /**
     * It is delayed while another thread inspects the whole machine, which must not wait for it.
     */
    DELAY,
    /** The power fails before it. */
    POWER_LOSS,
    /** The power fails in the middle of it. */
    TORN_POWER_LOSS
  }

  /** Returns the kinds of calls. */
  Operation[] value();

  /**
   * Returns the class of the plugin, which must have a public constructor without parameters and be
   * of one of these kinds:
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

  /** Returns the errors with which calls fail. */
  Errno[] errno() default Errno.EIO;
}
