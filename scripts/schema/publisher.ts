import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";

/**
 * Who publishes, for the history to tell: what PUBLISHED_BY says, whoever the CI of GitHub or GitLab runs for, the address that git
 * signs commits with in this folder, or the login name.
 */
export async function publishedBy(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<string> {
  const named = ["PUBLISHED_BY", "GITHUB_ACTOR", "GITLAB_USER_LOGIN"].map((name) =>
    environment[name]?.trim(),
  );
  return named.find(Boolean) ?? ((await gitEmail(folder)) || loginName());
}

async function gitEmail(folder: string): Promise<string> {
  try {
    return (await promisify(execFile)("git", ["-C", folder, "config", "user.email"])).stdout.trim();
  } catch {
    // No git, or no address.
    return "";
  }
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user that its system has no name for.
    return `user ${process.getuid?.() ?? "without a name"}`;
  }
}
