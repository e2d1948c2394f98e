package dev.nommu.nio;

import java.io.IOException;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.jspecify.annotations.Nullable;

/** Users and groups by number: the machine has no names except that of the superuser. */
final class Principals extends UserPrincipalLookupService {
  private static final String ROOT = "root";

  /**
   * A user.
   *
   * @param number the uid
   */
  record User(int number) implements UserPrincipal {
    @Override
    public String getName() {
      return nameOf(number);
    }

    /** Returns the name. */
    @Override
    public String toString() {
      return getName();
    }
  }

  /**
   * A group.
   *
   * @param number the gid
   */
  record Group(int number) implements GroupPrincipal {
    @Override
    public String getName() {
      return nameOf(number);
    }

    /** Returns the name. */
    @Override
    public String toString() {
      return getName();
    }
  }

  private static String nameOf(int number) {
    return number == 0 ? ROOT : Integer.toUnsignedString(number);
  }

  @Override
  public UserPrincipal lookupPrincipalByName(String name) throws IOException {
    return new User(number(name));
  }

  @Override
  public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
    return new Group(number(group));
  }

  private static int number(String name) throws UserPrincipalNotFoundException {
    if (name.equals(ROOT)) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(name);
    } catch (NumberFormatException unknown) {
      throw new UserPrincipalNotFoundException(name);
    }
  }

  /** Returns the number of a user. */
  static int uid(@Nullable UserPrincipal owner) {
    return switch (owner) {
      case User(int number) -> number;
      case null, default -> throw foreign(owner);
    };
  }

  /** Returns the number of a group. */
  static int gid(@Nullable GroupPrincipal group) {
    return switch (group) {
      case Group(int number) -> number;
      case null, default -> throw foreign(group);
    };
  }

  private static RuntimeException foreign(@Nullable UserPrincipal principal) {
    return principal == null
        ? new NullPointerException("a user or group")
        : new ProviderMismatchException(
            "expected a user or group of a nommu file system, found " + principal);
  }
}
