/**
 * Tests of plugins with JUnit. A contract is a class to extend; any other test can have a booted
 * machine as a parameter.
 *
 * {@snippet :
 * final class SensorContractTest extends CharacterDeviceContract {
 *   @Override
 *   protected DeviceDriver driver() {
 *     return new SensorDriver();
 *   }
 * }
 *
 * @Board("board.dts")
 * @Profiles
 * final class SensorTest {
 *   @Test
 *   void sample_isRead(Task task) throws ErrnoException {
 *     int sensor = task.open("/dev/sensor", OpenFlags.O_RDONLY);
 *   }
 * }
 * }
 */
@NullMarked
package dev.nommu.junit;

import org.jspecify.annotations.NullMarked;
