package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device or pipe that an empty regular file stands for, as with {@code genromfs}, for users
 * without the privilege to create devices: the file is named {@code @name,type,major,minor}. The
 * type is b, c (or u) or p.
 *
 * @param name the name in the image
 * @param content its kind and number
 */
record SpecialFile(String name, NodeContent content) {
  private static final Pattern FORM =
      Pattern.compile("@([a-zA-Z0-9_+-]+),(.),([0-9]+),([0-9]+)", Pattern.DOTALL);
  private static final int LARGEST = 0xffff;

  /**
   * Returns the special file that a file stands for, or empty for any other file.
   *
   * @throws ErrnoException EINVAL if it has such a name but an unknown type or number
   */
  static Optional<SpecialFile> of(SourceFile file) throws ErrnoException {
    Matcher form = FORM.matcher(String.valueOf(file.path().getFileName()));
    boolean isEmpty = file.attributes().isRegularFile() && file.attributes().size() == 0;
    return isEmpty && form.matches()
        ? Optional.of(new SpecialFile(form.group(1), content(form)))
        : Optional.empty();
  }

  private static NodeContent content(MatchResult form) throws ErrnoException {
    return switch (form.group(2)) {
      case "b" -> new NodeContent.HeaderOnly(RomfsNode.Kind.BLOCK_DEVICE, number(form));
      case "c", "u" -> new NodeContent.HeaderOnly(RomfsNode.Kind.CHARACTER_DEVICE, number(form));
      case "p" -> new NodeContent.HeaderOnly(RomfsNode.Kind.FIFO, 0);
      default -> throw invalid(form, "type b, c, u or p", form.group(2));
    };
  }

  private static long number(MatchResult form) throws ErrnoException {
    return part(form, form.group(3)) << 16 | part(form, form.group(4));
  }

  private static long part(MatchResult form, String digits) throws ErrnoException {
    if (digits.length() > 5 || Integer.parseInt(digits) > LARGEST) {
      throw invalid(form, "numbers of " + LARGEST + " or less", digits);
    }
    return Integer.parseInt(digits);
  }

  private static ErrnoException invalid(MatchResult form, String expected, String found) {
    return new ErrnoException(
        Errno.EINVAL,
        "write image: %s: expected %s, found %s".formatted(form.group(), expected, found));
  }
}
