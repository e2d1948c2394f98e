package dev.nommu.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nommu.api.RegisterWindow.Register;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a window of registers answers, and what it says of what it does not answer. */
final class RegisterWindowTest {
  private final AtomicInteger control = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final RegisterWindow window =
      RegisterWindow.of(
          0x1000,
          Register.readOnly(0x0, "ID", () -> 0xcafe_f00d),
          Register.readWrite(0x4, "CONTROL", control::get, control::set),
          Register.writeOnly(0xffc, "SEND", sent::set));

  private static void assertFault(ThrowingCallable access, String... words) {
    assertThatExceptionOfType(BusFault.class).isThrownBy(access).withMessageContainingAll(words);
  }

  @Test
  void registerIsLoadedWithoutSign() {
    assertThat(window.load(0x0, 4)).isEqualTo(0xcafe_f00dL);
    assertThat(window.size()).isEqualTo(0x1000);
    assertThat(window.memory()).isEmpty();
    assertThat(window.kind()).isEqualTo(DeviceWindow.Kind.REGISTERS);
  }

  @Test
  void registerKeepsWhatIsStored() {
    window.store(0x4, 4, 0xffff_fffeL);
    assertThat(control).hasValue(-2);
    assertThat(window.load(0x4, 4)).isEqualTo(0xffff_fffeL);
    window.store(0xffc, 4, 7);
    assertThat(sent).hasValue(7);
  }

  @Test
  void accessOf64Bits_isTwoOf32BitsLowerOffsetFirst() {
    control.set(0x1234);
    assertThat(window.load(0x0, 8)).isEqualTo(0x0000_1234_cafe_f00dL);
    assertFault(() -> window.store(0x0, 8, 0), "store to register ID at 0x0");
    assertFault(() -> window.store(0xff8, 8, 0), "0xff8");
    assertThat(sent).hasValue(0);
  }

  @Test
  void offsetWithoutARegister_isAFaultThatSaysWhichThereAre() {
    assertFault(() -> window.load(0x8, 4), "load of 4 bytes at 0x8", "ID at 0x0", "SEND at 0xffc");
    assertFault(() -> window.store(0x10, 4, 1), "store of 4 bytes at 0x10");
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "4, 2", "6, 2", "7, 1"})
  void otherWidthsThan32Bits_areFaultsThatNameTheRegister(long offset, int width) {
    assertFault(() -> window.load(offset, width), "%d bytes".formatted(width), "CONTROL at 0x4");
    assertFault(() -> window.store(offset, width, 1), "%d bytes".formatted(width), "CONTROL");
    assertThat(control).hasValue(0);
  }

  @Test
  void registerOfOneDirection_isAFaultInTheOther() {
    assertFault(() -> window.store(0x0, 4, 1), "store to register ID at 0x0", "loaded");
    assertFault(() -> window.load(0xffc, 4), "load of register SEND at 0xffc", "stored");
  }

  @ParameterizedTest
  @CsvSource({"2, multiple of 4", "-4, multiple of 4", "0x1000, 0x1000 bytes", "4, CONTROL"})
  void registerThatCannotBeThere_isRefusedWhenTheWindowIsMade(String offset, String words) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            RegisterWindow.of(
                0x1000,
                Register.readOnly(0x4, "CONTROL", () -> 0),
                Register.readOnly(Long.decode(offset), "WRONG", () -> 0)))
        .withMessageContainingAll("WRONG", words);
  }

  @Test
  void registersAreUsedOneAtATime() {
    RegisterWindow[] itself = new RegisterWindow[1];
    Register register = Register.readOnly(0, "LOCKED", () -> Thread.holdsLock(itself[0]) ? 1 : 0);
    itself[0] = RegisterWindow.of(4, register);
    assertThat(itself[0].load(0, 4)).isOne();
  }
}
