package dev.nommu.cli.board;

import dev.nommu.api.Profile;
import dev.nommu.cli.option.Choice;
import java.util.List;

/** Reads the name of a profile. */
public final class ProfileConverter extends Choice<Profile> {
  /** Creates it. */
  public ProfileConverter() {
    super(List.of(Profile.values()), Profile::id);
  }
}
